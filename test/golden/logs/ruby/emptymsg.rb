raise StandardError, ""
