//! Lưu ý của từng người: what there is to say of several people, said once, with whom it concerns.

use crate::terms::problem::{MEMBERS, Problem};

/// Collects what there is to say of the members, each once.
#[derive(Default)]
pub(super) struct MemberNotices(Vec<(Problem, Vec<usize>)>);

impl MemberNotices {
    /// Adds what is to be said of a member.
    pub(super) fn add<'p>(&mut self, member: usize, notices: impl Iterator<Item = &'p Problem>) {
        for notice in notices {
            match self.0.iter_mut().find(|(known, _)| known == notice) {
                Some((_, members)) if members.last() == Some(&member) => {}
                Some((_, members)) => members.push(member),
                None => self.0.push((notice.clone(), vec![member])),
            }
        }
    }

    /// The notices; those that do not concern all of so many people say whom.
    pub(super) fn of(self, people: usize) -> Vec<Problem> {
        let named = |(notice, members): (Problem, Vec<usize>)| {
            if members.len() == people {
                return notice;
            }
            let numbers: Vec<String> = members.iter().map(usize::to_string).collect();
            notice.with(MEMBERS, numbers.join(", "))
        };
        self.0.into_iter().map(named).collect()
    }
}
