<?php

declare(strict_types=1);

namespace Shop;

final class Customer
{
    public function __construct(public readonly string $name, public readonly ?string $street)
    {
    }
}
