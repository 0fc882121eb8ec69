class Stop < StandardError; end
def f
  raise Stop
end
f
