"""What is read and told at most: twenty times the largest report there is, and less than harms a machine."""

# Of a content folder and its files, in bytes.
MAX_BYTES = 20_000_000
MAX_BYTES_OF = {".yaml": 1_000_000, ".md": 200_000}
MAX_FILES = 1_000  # in a folder
MAX_FOLDERS = 5  # within each other

# Of YAML.
MAX_DEPTH = 20
MAX_EVENTS = 50_000  # a key or a value is one, a list or a mapping two

# Of a text.
MAX_TEXT_LINES = 5_000
MAX_BLOCK = 20_000  # characters without an empty line
MAX_DOCUMENT = 5_000_000  # bytes of XML
MAX_NESTED = 15  # lists and quotes, or what is bold or italic, within each other

# Of a table of a report: each row is worked out with the others, and shown.
MAX_RECORDS = 5_000
MAX_FIELDS = 50_000  # rows times columns
MAX_CATEGORIES = 300  # of a background table: what may be shown of one depends on all

# Of any table, and of a workbook once it is unpacked.
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
MAX_CELL = 32_767  # characters, as in a spreadsheet
MAX_LINE = 500_000
MAX_CHARACTERS = 50_000_000
MAX_UNPACKED = 50_000_000
MAX_PARTS = 2_000
MAX_FAULTS = 1_000  # nobody mends so many one by one, and all of a large table take long to find

# Of a picture.
MAX_PIXELS = 40_000_000
MAX_SCANS = 200  # of a JPEG, each of which goes over all of it

# Of what is told.
MAX_TOLD = 100  # problems
MAX_VALUE = 100  # characters of what an author has written: the longest question of a survey is whole
MAX_ALIKE = 500  # names that the closest is looked for among


def written(limit: int) -> str:
    """A limit as it is told: ”1 000”."""
    return f"{limit:,}".replace(",", "\xa0")
