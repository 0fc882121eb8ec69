// Writes what is put into a file: each line begins with the number of the pipe that it goes to, 1 or 2. `q` ends it.
#include <fcntl.h>
#include <unistd.h>

int main(int count, char **argv) {
  int file = open(argv[count - 1], O_RDONLY);
  int pipe = 1, begins = 1;
  char byte;
  for (;;) {
    if (read(file, &byte, 1) <= 0) {
      usleep(2000);
    } else if (begins) {
      if (byte == 'q') return 0;
      pipe = byte == '2' ? 2 : 1;
      begins = 0;
    } else {
      if (write(pipe, &byte, 1) < 0) return 1;
      begins = byte == '\n';
    }
  }
}
