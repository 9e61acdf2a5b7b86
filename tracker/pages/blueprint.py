"""The blueprint on which every composed page lies."""

from flask import Blueprint

bp = Blueprint("pages", __name__)
