"""Mining (캐기): from morphemes to terms, keywords, topics and word vectors."""
