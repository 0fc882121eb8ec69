from collections import Nothing
