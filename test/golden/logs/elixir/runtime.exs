defmodule Shop do
  def open(name), do: raise("cannot open #{name}:\n  line two\nline three")
end
Shop.open("tea")
