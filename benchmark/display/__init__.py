"""What a person is shown of results: tables in a terminal, a page with pictures, the same pictures in files for papers."""
