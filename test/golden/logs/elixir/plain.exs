defmodule Shop.Cart do
  def total(rows), do: rows |> Enum.map(&Map.fetch!(&1, :price)) |> Enum.sum()
end
Shop.Cart.total([%{price: 3}, %{}])
