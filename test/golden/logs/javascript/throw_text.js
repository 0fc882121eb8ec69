throw 'out of stock';
