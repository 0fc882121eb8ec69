"""A service that translates the queries of its users, of which one holds a path with an open filter."""
import logging

import sqlglot

logging.basicConfig(format="%(asctime)s - %(name)s - %(levelname)s - %(message)s")
try:
    print(sqlglot.transpile("SELECT JSON_EXTRACT(x, '$[?')", read="mysql", write="duckdb"))
except Exception as error:
    logging.getLogger("translate").error("query failed", exc_info=error)
