// A job that keeps the difference of two exports, of which the old one is empty.
import { createTwoFilesPatch } from 'diff';

try {
  createTwoFilesPatch('yesterday', 'today', '', 'row\n'.repeat(1_000_000));
} catch (error) {
  console.error(new Date().toISOString(), 'ERROR [export]', error);
}
