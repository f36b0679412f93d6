import {
  Code,
  ListOf,
  Nested,
  OrganisationId,
  Text,
  TextHash,
  Together,
  UserId,
  Uuid,
} from '../../http/index.js';
import type { InputError } from '../../http/index.js';
import { dataCategories, handoverFunctions, handoverReasons, legalDomains } from '../domain/codes.js';
import type { DataCategory, HandoverFunction, HandoverReason, LegalDomain } from '../domain/codes.js';
import type { ProposeHandover } from '../domain/commands.js';
import { limits } from './limits.js';

export class BasisBody {
  @Code(['consent', 'statute'])
  readonly kind!: 'consent' | 'statute';

  @Uuid({ optional: true, description: 'With `consent`: one in force that names recipient and categories.' })
  readonly consentId?: string;

  @Text({
    max: 80,
    optional: true,
    description: 'With `statute`: a rule for that pair of legal domains.',
    example: 'sgbx-71-2',
  })
  readonly rule?: string;
}

export class TransitionBody {
  @Code(legalDomains)
  readonly from!: LegalDomain;

  @Code(legalDomains)
  readonly to!: LegalDomain;
}

@Together(({ basis, transition }: HandoverBody): readonly InputError[] => [
  ...wrongInBasis(basis),
  ...(transition && transition.from === transition.to
    ? [{ pointer: '/transition/to', message: 'must be another legal domain' }]
    : []),
])
export class HandoverBody {
  @OrganisationId()
  readonly toOrganisationId!: string;

  @Code(handoverFunctions)
  readonly function!: HandoverFunction;

  @Text({ max: limits.text })
  readonly purpose!: string;

  @ListOf(Code(dataCategories), { min: 1, max: dataCategories.length })
  readonly packageCategories!: readonly DataCategory[];

  @Nested(() => BasisBody)
  readonly basis!: BasisBody;

  @Text({ max: limits.text, optional: true })
  readonly reason?: string;

  @Nested(() => TransitionBody, { optional: true })
  readonly transition?: TransitionBody;
}

const wrongInBasis = (basis: BasisBody | undefined): readonly InputError[] => {
  const [needed, other] =
    basis?.kind === 'statute' ? (['rule', 'consentId'] as const) : (['consentId', 'rule'] as const);
  return [
    ...(basis?.[needed] === undefined ? [{ pointer: `/basis/${needed}`, message: 'is required' }] : []),
    ...(basis?.[other] === undefined
      ? []
      : [{ pointer: `/basis/${other}`, message: 'does not go with this kind' }]),
  ];
};

/** The basis as the command names it; `HandoverBody` has made sure that it is one of the two. */
export const basisFrom = ({ kind, consentId = '', rule = '' }: BasisBody): ProposeHandover['basis'] =>
  kind === 'consent' ? { type: kind, consentId } : { type: kind, rule };

export class HandoverApprovalBody {
  @ListOf(Text({ max: limits.line }), {
    max: 50,
    optional: true,
    description: 'What the supervisor confirms to have looked at',
  })
  readonly acknowledged?: readonly string[];
}

export class HandoverReasonBody {
  @Code(handoverReasons)
  readonly reason!: HandoverReason;

  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}

export class InformationRequestBody {
  @Text({ max: limits.text })
  readonly question!: string;
}

export class InformationBody {
  @Text({ max: limits.text })
  readonly answer!: string;

  @Code(dataCategories)
  readonly category!: DataCategory;
}

export class HandoverAcceptanceBody {
  @TextHash({ description: 'The hash of the package that was looked at' })
  readonly packageHash!: string;

  @UserId({ optional: true, description: 'The caller by default' })
  readonly ownerUserId?: string;

  @Text({ max: limits.text, optional: true })
  readonly overrideReason?: string;
}
