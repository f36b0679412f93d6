import { Module, type DynamicModule } from '@nestjs/common';
import { DEMO_IDENTITY, type DemoIdentity } from './demo-identity.js';
import { DemoTokensController } from './demo-tokens.controller.js';

/** What callers need before they are known: nothing outside demo mode. */
@Module({})
export class AccessModule {
  static with(demo: DemoIdentity | undefined): DynamicModule {
    if (!demo) return { module: AccessModule };
    return {
      module: AccessModule,
      controllers: [DemoTokensController],
      providers: [{ provide: DEMO_IDENTITY, useValue: demo }],
    };
  }
}
