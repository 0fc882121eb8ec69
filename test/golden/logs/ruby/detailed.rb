require 'json'
JSON.parse('{"a": ')
