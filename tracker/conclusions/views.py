"""Pages of conclusions."""

from flask import Blueprint

bp = Blueprint("conclusions", __name__)
