//! Leaves out the optional parameters that cannot be generated: a call can do without them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, Operation, Parameter};

use super::Reached;
use crate::operations::{operations, operations_mut, parameter_schema, resolve_parameter};
use crate::read::findings::Read;
use crate::schemas::each_reference;
use crate::{NoteKind, Problem};

/// An optional parameter, by its place among those of its operation.
struct Unsettable {
    index: usize,
    name: String,
    problems: Vec<Problem>,
}

/// Leaves out the optional parameters that reach a schema with problems, and notes each.
pub(super) fn leave_out(read: &mut Read) {
    let found = found(read);
    for (id, operation) in operations_mut(&mut read.document)
        .filter_map(|(_, operation)| Some((operation.operation_id.clone()?, operation)))
    {
        for unsettable in found.get(&id).into_iter().flatten().rev() {
            operation.parameters.remove(unsettable.index);
        }
    }
    for (id, unsettable) in found {
        let notes = &mut read.operations.entry(id).or_default().notes;
        for Unsettable { name, problems, .. } in unsettable {
            let notes_of_it = problems.iter().map(|problem| {
                let what = format!("{}: the parameter `{name}` cannot be set", problem.what());
                (NoteKind::NotCovered, problem.place().to_owned(), what)
            });
            notes.extend(notes_of_it);
        }
    }
}

/// By the id of their operation.
fn found(read: &Read) -> BTreeMap<String, Vec<Unsettable>> {
    let mut reached = Reached::new(read);
    if reached.broken.is_empty() {
        return BTreeMap::new();
    }
    let all = operations(&read.document).map(|each| {
        let all = of_operation(&read.document, each.operation, &mut reached);
        (each.id().to_owned(), all)
    });
    all.filter(|(_, all)| !all.is_empty()).collect()
}

fn of_operation(
    document: &OpenAPI,
    operation: &Operation,
    reached: &mut Reached,
) -> Vec<Unsettable> {
    let parameters = operation.parameters.iter().enumerate();
    let parameters =
        parameters.filter_map(|(index, it)| Some((index, resolve_parameter(document, it)?)));
    let unsettable = parameters.filter_map(|(index, parameter)| {
        let data = parameter.parameter_data_ref();
        if data.required || matches!(parameter, Parameter::Path { .. }) {
            return None;
        }
        let mut names = BTreeSet::new();
        each_reference(&parameter_schema(data), &mut |name| {
            names.insert(name.to_owned());
        });
        let problems = reached.problems(names);
        let name = data.name.clone();
        (!problems.is_empty()).then_some(Unsettable {
            index,
            name,
            problems,
        })
    });
    unsettable.collect()
}
