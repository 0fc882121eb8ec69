defmodule Shop do
  def pay(:card, n) when n > 0, do: n
end
{:ok, _} = {:error, :nostock}
