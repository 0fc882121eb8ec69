class OrderError < StandardError; end

def load(text)
  Integer(text)
rescue ArgumentError
  raise OrderError, "order #{text.inspect} refused"
end

load("seven")
