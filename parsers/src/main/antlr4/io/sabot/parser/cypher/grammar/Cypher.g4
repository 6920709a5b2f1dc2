/*
 * openCypher 9, with FOREACH, CALL { }, COUNT { }, COLLECT { }, LOAD CSV, reduce, shortest paths, label
 * expressions, quantified path patterns, path selectors and modes, USE, SHOW and conditions inside
 * patterns as extensions.
 *
 * The grammar is deliberately a little wider than the language where a plain-words error is worth
 * more than "unexpected token": the order of clauses, bad length ranges, malformed numbers and
 * parameters as pattern properties are accepted here and refused with their own message later.
 */
grammar Cypher;

options {
  caseInsensitive = true;
}

statement
  : prefix = (EXPLAIN | PROFILE)? query SEMICOLON* EOF
  ;

query
  : singleQuery unionPart*
  ;

unionPart
  : UNION (ALL | DISTINCT)? singleQuery
  ;

singleQuery
  : clause+
  ;

clause
  : useClause
  | showClause
  | finishClause
  | matchClause
  | unwindClause
  | createClause
  | mergeClause
  | setClause
  | removeClause
  | deleteClause
  | foreachClause
  | subqueryClause
  | callClause
  | loadCsvClause
  | withClause
  | returnClause
  ;

useClause
  : USE qualifiedName
  ;

showClause
  : SHOW showItem+ yieldClause? where?
  ;

// Words, so that they stay names elsewhere; the reader knows which of them make sense.
showItem
  : ALL
  | IN
  | TRANSACTIONS
  | IDENTIFIER
  ;

finishClause
  : FINISH
  ;

// Reading

matchClause
  : OPTIONAL? MATCH matchMode? pattern where?
  ;

matchMode
  : REPEATABLE symbolicName symbolicName?
  | DIFFERENT symbolicName symbolicName?
  ;

unwindClause
  : UNWIND expression AS variable
  ;

callClause
  : OPTIONAL? CALL qualifiedName arguments? yieldClause?
  ;

arguments
  : OPEN (expression (COMMA expression)*)? CLOSE
  ;

yieldClause
  : YIELD star = STAR
  | YIELD yieldItem (COMMA yieldItem)* where?
  ;

yieldItem
  : (field = symbolicName AS)? variable
  ;

loadCsvClause
  : LOAD CSV (WITH HEADERS)? FROM source = expression AS variable
    (FIELDTERMINATOR separator = expression)?
  ;

subqueryClause
  : OPTIONAL? CALL callScope? OPEN_BRACE query CLOSE_BRACE inTransactions?
  ;

callScope
  : OPEN (star = STAR | variable (COMMA variable)*)? CLOSE
  ;

inTransactions
  : IN (workers = expression? CONCURRENT)? TRANSACTIONS transactionOption*
  ;

transactionOption
  : OF rows = expression (ROW | ROWS)  # transactionRows
  | ON ERROR symbolicName              # transactionError
  | REPORT STATUS AS variable          # transactionStatus
  ;

// Writing

createClause
  : (CREATE | INSERT) pattern
  ;

mergeClause
  : MERGE patternPart mergeAction*
  ;

mergeAction
  : ON (MATCH | CREATE) setClause
  ;

setClause
  : SET setItem (COMMA setItem)*
  ;

setItem
  : propertyTarget EQ expression       # setProperty
  | variable EQ expression             # setAll
  | variable PLUS_EQ expression        # setMore
  | variable nodeLabels                # setLabels
  ;

removeClause
  : REMOVE removeItem (COMMA removeItem)*
  ;

removeItem
  : variable nodeLabels                # removeLabels
  | propertyTarget                     # removeProperty
  ;

propertyTarget
  : atom propertyLookup+
  ;

deleteClause
  : (DETACH | NODETACH)? DELETE expression (COMMA expression)*
  ;

foreachClause
  : FOREACH OPEN variable IN expression BAR clause+ CLOSE
  ;

// Projecting

withClause
  : WITH projection where?
  ;

returnClause
  : RETURN projection
  ;

projection
  : DISTINCT? projectionItems orderBy? skip? limit?
  ;

projectionItems
  : STAR (COMMA projectionItem)*
  | projectionItem (COMMA projectionItem)*
  ;

projectionItem
  : expression (AS variable)?
  ;

orderBy
  : ORDER BY sortItem (COMMA sortItem)*
  ;

sortItem
  : expression (ASC | ASCENDING | descending = DESC | descending = DESCENDING)?
  ;

skip
  : (SKIP_ | OFFSET) expression
  ;

limit
  : LIMIT expression
  ;

where
  : WHERE expression
  ;

// Patterns

pattern
  : patternPart (COMMA patternPart)*
  ;

patternPart
  : (variable EQ)? pathPrefix? (shortestPath | patternElement)
  ;

pathPrefix
  : ALL SHORTEST pathMode? pathWord?                      # allShortestPrefix
  | ANY SHORTEST pathMode? pathWord?                      # anyShortestPrefix
  | SHORTEST count = INTEGER? pathMode? pathWord? groups = (GROUP | GROUPS)?  # shortestPrefix
  | ANY count = INTEGER? pathMode? pathWord?              # anyPrefix
  | ALL pathMode? pathWord?                               # allPrefix
  | pathMode pathWord?                                    # modePrefix
  ;

pathMode
  : WALK | TRAIL | ACYCLIC | SIMPLE
  ;

pathWord
  : PATH | PATHS
  ;

shortestPath
  : (SHORTEST_PATH | ALL_SHORTEST_PATHS) OPEN patternElement CLOSE
  ;

// Nodes and groups in a row; the reader knows which may stand beside each other.
patternElement
  : patternFactor+
  ;

patternFactor
  : nodePattern patternStep*                              # chainFactor
  | OPEN patternElement where? CLOSE pathQuantifier?      # groupFactor
  ;

patternStep
  : relationshipPattern pathQuantifier? nodePattern
  ;

pathQuantifier
  : PLUS
  | STAR
  | OPEN_BRACE exact = INTEGER CLOSE_BRACE
  | OPEN_BRACE from = INTEGER? COMMA to = INTEGER? CLOSE_BRACE
  ;

plainStep
  : relationshipPattern nodePattern
  ;

nodePattern
  : OPEN variable? labelExpression? patternProperties? where? CLOSE
  ;

relationshipPattern
  : leftArrow? dash relationshipDetail? dash rightArrow?
  ;

relationshipDetail
  : OPEN_BRACKET variable? labelExpression? lengthRange? patternProperties? where? CLOSE_BRACKET
  ;

lengthRange
  : STAR exact = INTEGER                                      # exactLength
  | STAR (from = INTEGER? RANGE to = INTEGER?)?               # openLength
  | RANGE INTEGER?                                            # lengthWithoutStar
  | STAR MINUS INTEGER (RANGE MINUS? INTEGER?)?               # negativeLength
  | STAR INTEGER? RANGE MINUS INTEGER                         # negativeLength
  ;

patternProperties
  : mapLiteral
  | parameter
  ;

nodeLabels
  : (COLON schemaName)+
  ;

labelExpression
  : (COLON | IS) labelOr
  ;

// In an expression `|` needs parentheses: it also ends the condition of a comprehension.
labelTest
  : COLON labelAnd
  ;

labelOr
  : labelAnd (BAR COLON? labelAnd)*
  ;

labelAnd
  : labelTerm ((AMPERSAND | COLON) labelTerm)*
  ;

labelTerm
  : EXCLAMATION labelTerm              # labelNot
  | OPEN labelOr CLOSE                 # labelGroup
  | PERCENT                            # labelAny
  | schemaName                         # labelName
  ;

leftArrow
  : LT
  | UNICODE_LEFT_ARROW
  ;

rightArrow
  : GT
  | UNICODE_RIGHT_ARROW
  ;

dash
  : MINUS
  | UNICODE_DASH
  ;

// Expressions, loosest binding first

expression
  : xorExpression (OR xorExpression)*
  ;

xorExpression
  : andExpression (XOR andExpression)*
  ;

andExpression
  : notExpression (AND notExpression)*
  ;

notExpression
  : NOT* comparison
  ;

comparison
  : predicated (comparisonOperator predicated)*
  ;

comparisonOperator
  : EQ | NE | LT | GT | LE | GE
  ;

predicated
  : additive predicateSuffix*
  ;

predicateSuffix
  : STARTS WITH additive               # startsWith
  | ENDS WITH additive                 # endsWith
  | CONTAINS additive                  # contains
  | MATCHES additive                   # matches
  | IN additive                        # in
  | IS NULL                            # isNull
  | IS NOT NULL                        # isNotNull
  | IS NOT? form = symbolicName? NORMALIZED # isNormalized
  | (IS NOT? (DOUBLE_COLON | TYPED) | DOUBLE_COLON) valueType # isTyped
  ;

valueType
  : typeTerm (BAR typeTerm)*
  ;

// `NULL` and `ANY` are types too; what the words mean is for the reader.
typeTerm
  : typeWord+ (LT valueType GT)? (NOT NULL | EXCLAMATION)?
  ;

typeWord
  : symbolicName
  | NULL
  | WITH
  ;

additive
  : multiplicative ((PLUS | MINUS | DOUBLE_BAR) multiplicative)*
  ;

multiplicative
  : power ((STAR | SLASH | PERCENT) power)*
  ;

power
  : unary (CARET unary)*
  ;

unary
  : (PLUS | MINUS)* postfix
  ;

postfix
  : atom postfixOperator* labelTest?
  ;

postfixOperator
  : propertyLookup                                                # lookup
  | OPEN_BRACKET expression CLOSE_BRACKET                         # index
  | OPEN_BRACKET from = expression? RANGE to = expression? CLOSE_BRACKET # slice
  ;

propertyLookup
  : DOT schemaName
  ;

atom
  : literal                                                       # literalAtom
  | parameter                                                     # parameterAtom
  | caseExpression                                                # caseAtom
  | COUNT OPEN STAR CLOSE                                         # countStar
  | EXISTS OPEN_BRACE subquery CLOSE_BRACE                        # existsSubquery
  | COUNT OPEN_BRACE subquery CLOSE_BRACE                         # countSubquery
  | COLLECT OPEN_BRACE query CLOSE_BRACE                          # collectSubquery
  | quantifier                                                    # quantifierAtom
  | reduce                                                        # reduceAtom
  | legacyComprehension                                           # legacyAtom
  | listComprehension                                             # listComprehensionAtom
  | patternComprehension                                          # patternComprehensionAtom
  | listLiteral                                                   # listAtom
  | shortestPath                                                  # shortestPathAtom
  | nodePattern plainStep+                                        # patternPredicate
  | OPEN expression CLOSE                                         # parenthesized
  | trimCall                                                      # trimAtom
  | functionCall                                                  # functionAtom
  | mapProjection                                                 # mapProjectionAtom
  | variable                                                      # variableAtom
  ;

subquery
  : pattern where?
  | query
  ;

caseExpression
  : CASE subject = expression? caseWhen+ (ELSE otherwise = expression)? END
  ;

caseWhen
  : WHEN caseOperand (COMMA caseOperand)* THEN result = expression
  ;

// The forms that test the subject of the CASE come first: `> 3`, `IS NULL`, `STARTS WITH 'a'`.
caseOperand
  : comparisonOperator additive        # compareOperand
  | predicateSuffix                    # suffixOperand
  | expression                         # valueOperand
  ;

quantifier
  : (ALL | ANY | NONE | SINGLE) OPEN variable IN expression where? CLOSE
  ;

reduce
  : REDUCE OPEN accumulator = variable EQ initial = expression COMMA
    element = variable IN list = expression BAR step = expression CLOSE
  ;

legacyComprehension
  : (FILTER | EXTRACT) OPEN variable IN list = expression where? (BAR result = expression)? CLOSE
  ;

listComprehension
  : OPEN_BRACKET variable IN list = expression where? (BAR result = expression)? CLOSE_BRACKET
  ;

patternComprehension
  : OPEN_BRACKET (variable EQ)? nodePattern plainStep+ where? BAR expression CLOSE_BRACKET
  ;

trimCall
  : TRIM OPEN (side = symbolicName characters = expression? | characters = expression) FROM
    source = expression CLOSE
  ;

functionCall
  : functionName OPEN DISTINCT? (expression (COMMA expression)*)? CLOSE
  ;

functionName
  : (symbolicName DOT)* (symbolicName | EXISTS)
  ;

mapProjection
  : variable OPEN_BRACE (mapProjectionItem (COMMA mapProjectionItem)*)? CLOSE_BRACE
  ;

mapProjectionItem
  : DOT STAR                           # projectAll
  | DOT schemaName                     # projectProperty
  | schemaName COLON expression        # projectEntry
  | variable                           # projectVariable
  ;

literal
  : INTEGER                            # integerLiteral
  | HEX_INTEGER                        # hexLiteral
  | OCTAL_INTEGER                      # octalLiteral
  | DECIMAL                            # decimalLiteral
  | MALFORMED_NUMBER                   # malformedNumber
  | STRING                             # stringLiteral
  | TRUE                               # trueLiteral
  | FALSE                              # falseLiteral
  | NULL                               # nullLiteral
  | mapLiteral                         # mapLiteralAtom
  ;

listLiteral
  : OPEN_BRACKET (expression (COMMA expression)*)? CLOSE_BRACKET
  ;

mapLiteral
  : OPEN_BRACE (mapEntry (COMMA mapEntry)*)? CLOSE_BRACE
  ;

mapEntry
  : schemaName COLON expression
  ;

parameter
  : DOLLAR (symbolicName | reservedWord | INTEGER)
  ;

// Names

variable
  : symbolicName
  ;

qualifiedName
  : symbolicName (DOT symbolicName)*
  ;

schemaName
  : symbolicName
  | reservedWord
  ;

symbolicName
  : IDENTIFIER
  | ESCAPED_NAME
  | ACYCLIC | ALL_SHORTEST_PATHS | ANY | CALL | COLLECT | CONCURRENT | COUNT | CSV | DIFFERENT
  | ERROR | EXPLAIN | EXTRACT | FIELDTERMINATOR | FILTER | FINISH | FOREACH | FROM | GROUP | GROUPS
  | HEADERS | INSERT | LOAD | NODETACH | NONE | NORMALIZED | OF | OFFSET | PATH | PATHS | PROFILE
  | REDUCE | REPEATABLE | REPORT | ROW | ROWS | SHORTEST | SHORTEST_PATH | SHOW | SIMPLE | SINGLE
  | STATUS | TRAIL | TRANSACTIONS | TRIM | TYPED | USE | WALK | YIELD
  ;

reservedWord
  : ALL | AND | AS | ASC | ASCENDING | BY | CASE | CONTAINS | CREATE | DELETE | DESC | DESCENDING
  | DETACH | DISTINCT | ELSE | END | ENDS | EXISTS | FALSE | IN | IS | LIMIT | MATCH | MERGE | NOT
  | NULL | ON | OPTIONAL | OR | ORDER | REMOVE | RETURN | SET | SKIP_ | STARTS | THEN | TRUE | UNION
  | UNWIND | WHEN | WHERE | WITH | XOR
  ;

// Keywords

ACYCLIC : 'acyclic';
CONCURRENT : 'concurrent';
DIFFERENT : 'different';
ERROR : 'error';
FINISH : 'finish';
GROUP : 'group';
GROUPS : 'groups';
INSERT : 'insert';
NODETACH : 'nodetach';
NORMALIZED : 'normalized';
OF : 'of';
OFFSET : 'offset';
PATH : 'path';
PATHS : 'paths';
REPEATABLE : 'repeatable';
REPORT : 'report';
ROW : 'row';
ROWS : 'rows';
SHORTEST : 'shortest';
SHOW : 'show';
SIMPLE : 'simple';
STATUS : 'status';
TRAIL : 'trail';
TRANSACTIONS : 'transactions';
TRIM : 'trim';
TYPED : 'typed';
USE : 'use';
WALK : 'walk';
ALL : 'all';
ALL_SHORTEST_PATHS : 'allshortestpaths';
AND : 'and';
ANY : 'any';
AS : 'as';
ASC : 'asc';
ASCENDING : 'ascending';
BY : 'by';
CALL : 'call';
CASE : 'case';
COLLECT : 'collect';
CONTAINS : 'contains';
COUNT : 'count';
CSV : 'csv';
CREATE : 'create';
DELETE : 'delete';
DESC : 'desc';
DESCENDING : 'descending';
DETACH : 'detach';
DISTINCT : 'distinct';
ELSE : 'else';
END : 'end';
ENDS : 'ends';
EXISTS : 'exists';
EXPLAIN : 'explain';
EXTRACT : 'extract';
FALSE : 'false';
FIELDTERMINATOR : 'fieldterminator';
FILTER : 'filter';
FOREACH : 'foreach';
FROM : 'from';
HEADERS : 'headers';
IN : 'in';
IS : 'is';
LIMIT : 'limit';
LOAD : 'load';
MATCH : 'match';
MERGE : 'merge';
NONE : 'none';
NOT : 'not';
NULL : 'null';
ON : 'on';
OPTIONAL : 'optional';
OR : 'or';
ORDER : 'order';
PROFILE : 'profile';
REDUCE : 'reduce';
REMOVE : 'remove';
RETURN : 'return';
SET : 'set';
SHORTEST_PATH : 'shortestpath';
SINGLE : 'single';
SKIP_ : 'skip';
STARTS : 'starts';
THEN : 'then';
TRUE : 'true';
UNION : 'union';
UNWIND : 'unwind';
WHEN : 'when';
WHERE : 'where';
WITH : 'with';
XOR : 'xor';
YIELD : 'yield';

// Punctuation

RANGE : '..';
DOT : '.';
COMMA : ',';
DOUBLE_COLON : '::';
COLON : ':';
SEMICOLON : ';';
OPEN : '(';
CLOSE : ')';
OPEN_BRACKET : '[';
CLOSE_BRACKET : ']';
OPEN_BRACE : '{';
CLOSE_BRACE : '}';
DOUBLE_BAR : '||';
BAR : '|';
AMPERSAND : '&';
EXCLAMATION : '!';
DOLLAR : '$';
MATCHES : '=~';
EQ : '=';
NE : '<>';
LE : '<=';
GE : '>=';
LT : '<';
GT : '>';
PLUS_EQ : '+=';
PLUS : '+';
MINUS : '-';
STAR : '*';
SLASH : '/';
PERCENT : '%';
CARET : '^';
UNICODE_LEFT_ARROW : [\u27E8\u3008\uFE64\uFF1C];
UNICODE_RIGHT_ARROW : [\u27E9\u3009\uFE65\uFF1E];
UNICODE_DASH : [\u00AD\u2010-\u2015\u2212\uFE58\uFE63\uFF0D];

// Literals

DECIMAL
  : [0-9]* '.' [0-9]+ EXPONENT?
  | [0-9]+ EXPONENT
  ;
HEX_INTEGER : '0x' [0-9a-f]+;
OCTAL_INTEGER : '0o' [0-7]+;
INTEGER : [0-9]+ ('_' [0-9]+)*;
MALFORMED_NUMBER : [0-9]+ [\p{L}_] [\p{L}_0-9]*;
STRING
  : '\'' (~['\\] | '\\' .)* '\''
  | '"' (~["\\] | '\\' .)* '"'
  ;
UNCLOSED_STRING
  : '\'' (~['\\] | '\\' .)*
  | '"' (~["\\] | '\\' .)*
  ;
fragment EXPONENT : 'e' [+\-]? [0-9]+;

// Identifiers

IDENTIFIER : [\p{ID_Start}\p{Pc}] [\p{ID_Continue}\p{Sc}]*;
ESCAPED_NAME : '`' (~'`' | '``')* '`';

// Not seen by the parser

COMMENT : '/*' .*? '*/' -> channel(HIDDEN);
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN);
SPACE : [\p{White_Space}\u001C-\u001F\u180E\uFEFF]+ -> channel(HIDDEN);
UNKNOWN : .;
