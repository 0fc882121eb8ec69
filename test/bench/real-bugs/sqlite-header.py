"""A nightly import of a table that has a head and no rows, by the command line of the library."""
import os
import sys
import tempfile

from sqlite_utils import cli

folder = tempfile.mkdtemp()
with open(os.path.join(folder, "people.csv"), "w") as file:
    file.write("id,name,age\n")
sys.argv = ["sqlite-utils", "insert", os.path.join(folder, "data.db"), "people", file.name, "--csv", "--detect-types"]
cli.cli()
