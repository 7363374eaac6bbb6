"""A day out for one who knows the wishes with one who knows the places: see ``task.py``."""

from tasks.itinerary.people import read_dialogues
from tasks.itinerary.planning import load_worlds, recognises
from tasks.itinerary.task import Itinerary

__all__ = ["Itinerary", "load_worlds", "read_dialogues", "recognises"]
