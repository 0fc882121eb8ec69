<?php

declare(strict_types=1);

namespace Shop;

/** What is printed on a parcel. */
final class Label
{
    public static function for(Customer $customer): string
    {
        return $customer->name . ', ' . self::line($customer->street);
    }

    private static function line(string $street): string
    {
        return strtoupper($street);
    }
}
