<?php
class Cart {
    public function __construct(private array $rows) {}
    public function total(): int { return array_sum(array_map(fn($r) => $r->price(), $this->rows)); }
}
echo (new Cart([null]))->total();
