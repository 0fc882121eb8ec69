#!/bin/sh
# Compiles everything and runs every test class.
set -eu
rm -rf classes
mkdir classes
libraries=/usr/share/java/junit4.jar:/usr/share/java/hamcrest-core.jar
javac -d classes -cp "$libraries" $(find src test -name '*.java')
java -cp "classes:$libraries" org.junit.runner.JUnitCore $(cd test && find . -name '*Test.java' | sed -e 's|^\./||' -e 's|/|.|g' -e 's|\.java$||')
