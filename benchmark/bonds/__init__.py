"""What is measured of bonds: pure functions over what happened in a game, or over the records of many."""
