<?php
namespace Shop;
class OrderException extends \RuntimeException {}
function load(string $f) { throw new \InvalidArgumentException("no file $f"); }
function open(string $f) { try { load($f); } catch (\Exception $e) { throw new OrderException("order 7", 5, $e); } }
open('none.txt');
