defmodule Shop do
  def pay(:card, n) when n > 0, do: n
end
Shop.pay(:cash, 0)
