<?php
class Stop extends Exception {}
throw new Stop;
