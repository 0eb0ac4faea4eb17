/** `npm run messages`: compiles the messages, or says what is wrong with them. */
import { compileMessages } from './compile.mjs';

try {
  await compileMessages();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
