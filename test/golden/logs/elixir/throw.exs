throw({:oops, 7})
