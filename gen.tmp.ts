import { writeRepository } from './scripts/bench/repository.ts';
import { mkdirSync } from 'node:fs';
mkdirSync(process.argv[2]!, { recursive: true });
writeRepository(process.argv[2]!, Number(process.argv[3]));
