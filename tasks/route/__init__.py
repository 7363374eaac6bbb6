"""The quickest passable route, over two maps of one place that differ: see ``task.py``."""

from tasks.route.task import Route

__all__ = ["Route"]
