import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule, type AppParts } from './app.module.js';
import { createApplication, describeContract } from './http/index.js';

/** The contract of the whole application, read from its controllers: nothing is opened or started for it. */
export const contractOfApplication = async (): Promise<OpenAPIObject> => {
  const module = AppModule.with({ demo: {} } as unknown as AppParts);
  return describeContract(await createApplication(module, () => undefined, { preview: true }));
};
