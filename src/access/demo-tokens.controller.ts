import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BodyOf, invalidInput, SearchRoute, Text } from '../http/index.js';
import { DEMO_IDENTITY, type DemoIdentity } from './demo-identity.js';

class DemoTokenRequest {
  @Text({ max: 255, description: 'One of the users of the demonstration.', example: 'bergkamen-cm' })
  username!: string;
}

class DemoToken {
  @Text({
    max: 4000,
    description: 'For the header `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJFUzI1NiIs…',
  })
  accessToken!: string;
}

/** Exists in demo mode only: lets anybody be any of the demo users. */
@ApiTags('Demonstration')
@Controller('demo/tokens')
export class DemoTokensController {
  constructor(@Inject(DEMO_IDENTITY) private readonly identity: DemoIdentity) {}

  @SearchRoute('issueDemoToken', { summary: 'An access token for a demo user', answer: DemoToken })
  async issue(@BodyOf() { username }: DemoTokenRequest): Promise<DemoToken> {
    const accessToken = await this.identity.tokenFor(username);
    if (accessToken !== undefined) return { accessToken };
    throw invalidInput([{ pointer: '/username', message: 'is none of the demo users' }]);
  }
}
