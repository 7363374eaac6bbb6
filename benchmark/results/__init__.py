"""What comes of records: cells, intervals and the report; all pure functions of what a folder holds."""
