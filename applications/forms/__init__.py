"""The form of a policy: reading, checking, showing answers. One validator for page, import and rehearsal.

layout.sections(policy, prize)        the sections, the self-evaluation and the duties of filing included
answers.typed(sections, answers)      {field key: typed value} of what can be read, for conditions
answers.visible(sections, facts)      which fields are asked of this applicant
answers.problems(…)                   what is missing or wrong, field by field
fields.read(field, given, today)      one answer: value and problems
"""
