-- The language of the interface that somebody chose.
ALTER TABLE "User" ADD COLUMN "locale" TEXT;
