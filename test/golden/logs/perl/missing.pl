use strict;
use Shop::Nothing;
print 1;
