"""Pages of scores."""

from flask import Blueprint

bp = Blueprint("scores", __name__)
