"""The blueprint on which every page of scores lies."""

from flask import Blueprint

bp = Blueprint("scores", __name__)
