"""Pages of criteria."""

from flask import Blueprint

bp = Blueprint("criteria", __name__)
