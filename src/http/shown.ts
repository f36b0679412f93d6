import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';

/**
 * The fields of what was sent, for an answer: those that are named are always there, all others as far as the reader
 * may see them.
 */
export const Shown = <T extends object, Always extends keyof T = never>(
  sent: new () => T,
  ...always: readonly Always[]
) => IntersectionType(PickType(sent, always), PartialType(OmitType(sent, always)));
