# Settings that somebody has nested without end.
import logging

import tomlkit

logging.basicConfig(format='%(asctime)s %(levelname)s %(name)s: %(message)s')
try:
    tomlkit.parse('a = ' + '[' * 5000 + ']' * 5000)
except Exception:
    logging.getLogger('settings').exception('could not be read')
