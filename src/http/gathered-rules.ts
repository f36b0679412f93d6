import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Gathering = Storage['getTargetValidationMetadatas'];

/**
 * class-validator gathers the rules of a class anew for every object that it looks at, and walks through all
 * classes that have any to do so, which costs more than following them. No rule here belongs to a group or a
 * schema, so what it gathers depends on the class alone and is gathered once, when the class is first used.
 */
export const gatherRulesOnce = (storage: Storage = getMetadataStorage()): void => {
  const gathered = new Map<unknown, ReturnType<Gathering>>();
  const gather: Gathering = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (shape, schema, always, strictGroups, groups) => {
    if (schema || groups?.length) return gather(shape, schema, always, strictGroups, groups);
    const known = gathered.get(shape);
    if (known) return known;
    const rules = gather(shape, schema, always, strictGroups, groups);
    gathered.set(shape, rules);
    return rules;
  };
};
