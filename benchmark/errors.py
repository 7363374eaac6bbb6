"""What a user can mend: one small family of errors. Everyone but tasks' own interface has them from ``benchmark.vocabulary``."""

from __future__ import annotations


class ParleyError(Exception):
    """Something a user can mend. ``str(error)`` says what was wrong, what was given and what to do next.

    ParleyError
    ├── Illegal           a reply that is not a usable answer; its message goes to its author, who may repair it once
    ├── UsageError        wrong usage (exit 2)
    ├── WorldsError       a worlds file that cannot be read: names the line and the field
    ├── FolderError       a run folder that is broken, foreign or in use
    └── ConnectError      a model that cannot be reached or will never answer (wrong key, unknown model)
    """


class Illegal(ParleyError): ...


class UsageError(ParleyError): ...


class WorldsError(ParleyError): ...


class FolderError(ParleyError): ...


class ConnectError(ParleyError): ...
