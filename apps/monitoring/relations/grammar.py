"""Grammar of the notation: LALR(1), linear in the length of the text.

Terminals come from our own lexer; each alternative is named after the method of `builder.Builder`
that makes its node.
"""

from apps.monitoring.relations.vocabulary import TERMINALS

GRAMMAR = (
    r"""
start: statement RESPECTIVELY?              -> unscoped
     | scope COLON statement RESPECTIVELY?  -> scoped

scope: SECTION                -> scope_section
     | SECTION _by            -> scope_full
     | _by                    -> scope_cells
_by: BY dimension (((AND|COMMA|BY) dimension) | dimension)?
?dimension: ROWS | COLUMNS | ALLROWS | ALLCOLUMNS

?statement: disjunction
     | IF disjunction THEN disjunction      -> implies
     | disjunction ONLYIF disjunction       -> only_if

?disjunction: conjunction (OR conjunction)*  -> disjunction
?conjunction: negation (AND negation)*       -> conjunction
?negation: comparison
     | NOT comparison                        -> negation
?comparison: sum
     | sum (operator sum)+                   -> compare
     | sum FILLED                            -> filled
     | sum NOTFILLED                         -> not_filled
     | sum CONTAINS sum                      -> contains
     | sum NOTCONTAINS sum                   -> not_contains
?operator: EQ | NE | LE | GE | LT | GT

?sum: product ((PLUS|MINUS) product)*        -> sum
?product: unary ((TIMES|DIVIDE) unary)*      -> product
?unary: atom
     | MINUS atom                            -> negative

?atom: LPAR disjunction RPAR                 -> brackets
     | NUMBER                                -> number
     | NUMBER PERCENT                        -> percent
     | NUMBER PERCENT OF unary               -> percent_of
     | SHARE unary OF unary                  -> share
     | TEXT                                  -> text
     | DATE                                  -> date
     | place
     | SUM PRECEDING                         -> preceding
     | aggregate places                      -> aggregate_bare
     | aggregate LPAR arguments RPAR         -> aggregate_call
     | ABS LPAR disjunction RPAR             -> absolute
     | ROUND LPAR disjunction RPAR           -> round_whole
     | ROUND LPAR disjunction SEMICOLON NUMBER RPAR      -> round_places
     | ROUND LPAR disjunction RPAR UPTO NUMBER PLACES?   -> round_upto
?aggregate: SUM | MEAN | MIN | MAX | COUNT
places: place (COMMA place)*
arguments: disjunction ((COMMA|SEMICOLON) disjunction)*

?place: PREVIOUS located                     -> previous
     | located PREVIOUS                      -> previous
     | located
?located: FORM SECTION cells                 -> form_section
     | FORM cells                            -> form_cells
     | SECTION cells                         -> section_cells
     | cells
     | FORM QUESTION                         -> form_question
     | QUESTION                              -> question
cells: ROWS                                  -> cells
     | CELL                                  -> cell_here
     | COLUMNS                               -> cells
     | ROWS COLUMNS                          -> cells
     | COLUMNS ROWS                          -> cells
     | ROWS BY (COLUMNS|ALLCOLUMNS)          -> cells_by_columns
     | COLUMNS BY (ROWS|ALLROWS)             -> cells_by_rows

%declare """
    + " ".join(TERMINALS)
    + "\n"
)
