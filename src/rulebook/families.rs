//! Danh sách các họ quy định: declared once; the declaration gives field, loader, list of rules and edit.

/// Declares a side of the rulebook: what stands beside the families, then each family with its file.
///
/// An id with a `/` names a folder of files, not one file.
macro_rules! families {
    (
        $(#[$doc:meta])*
        pub struct $side:ident {
            beside { $($(#[$beside_doc:meta])* $beside:ident: $beside_type:ty,)* }
            $($(#[$family_doc:meta])* $family:ident: $shape:ty = $id:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $side {
            $($(#[$beside_doc])* pub(crate) $beside: $beside_type,)*
            $($(#[$family_doc])* pub(crate) $family: $shape,)*
        }

        impl $side {
            /// Ids of the families, each the name of its file.
            pub const FAMILIES: &'static [&'static str] = &[$($id),*];

            /// Reads every family before the first missing one ends the reading, so that all problems show.
            fn read(
                loader: &mut $crate::rulebook::load::Loader<'_>
                $(, $beside: $beside_type)*
            ) -> Option<$side> {
                $(let $family = <$shape as $crate::rulebook::loading::Loading>::load(loader, $id);)*
                Some($side { $($beside,)* $($family: $family?,)* })
            }

            /// Every recorded rule, family by family.
            pub fn entries(&self) -> Vec<$crate::rulebook::entries::Entry<'_>> {
                let mut entries = Vec::new();
                $crate::rulebook::entries::Listing::list(self, &mut entries);
                entries
            }
        }

        impl $crate::rulebook::entries::Listing for $side {
            fn list<'a>(&'a self, entries: &mut Vec<$crate::rulebook::entries::Entry<'a>>) {
                $($crate::rulebook::entries::Listing::list(&self.$family, entries);)*
            }
        }

        impl $crate::rulebook::evolve::Evolving for $side {
            fn edit(&mut self, other: &$side, edit: &mut impl $crate::rulebook::evolve::Edit) {
                $($crate::rulebook::evolve::Evolving::edit(&mut self.$family, &other.$family, edit);)*
            }

            fn make_room(&mut self, other: &$side, rule: &str) {
                $($crate::rulebook::evolve::Evolving::make_room(&mut self.$family, &other.$family, rule);)*
            }
        }
    };
}

pub(super) use families;
