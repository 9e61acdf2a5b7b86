"""The blueprint on which the pages of tasks lie."""

from flask import Blueprint

bp = Blueprint("tasks", __name__)
