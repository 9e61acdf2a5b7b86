"""Pages of committees."""

from flask import Blueprint

bp = Blueprint("committees", __name__)
