"""The blueprint on which the pages of reminders and of the program's health lie."""

from flask import Blueprint

bp = Blueprint("reminders", __name__)
