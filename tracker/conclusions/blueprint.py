"""The blueprint on which the pages of conclusions lie."""

from flask import Blueprint

bp = Blueprint("conclusions", __name__)
