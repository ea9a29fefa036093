import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs; the service's name and the level come from POWERTOOLS_* variables. */
export const logger = new Logger();
