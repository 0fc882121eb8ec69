# A list of albums of which one has no artist.
import logging

from marshmallow import Schema, fields

logging.basicConfig(format='%(asctime)s %(levelname)s %(name)s: %(message)s')


class Artist(Schema):
    name = fields.Str()


class Album(Schema):
    artist = fields.Pluck(Artist, 'name')


try:
    Album().dump({'artist': None})
except Exception:
    logging.getLogger('albums').exception('could not be written')
