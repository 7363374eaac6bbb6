"""First names for the people in our scenarios: short, common in many places, none a common English word."""

FIRST_NAMES: tuple[str, ...] = tuple(
    """Aaliyah Abdul Adele Agnes Ahmed Aiko Akira Alba Aleksei Alina Alma Amara Amir Anders Andrea Anika Anton Arjun Asha Astrid
    Aurora Ayla Barbara Bastian Beatriz Bianca Bjorn Boris Bruno Camila Carlos Carmen Cecilia Cesar Chen Chidi Clara Cyrus Dalia Damian
    Darius Deniz Dimitri Dmitri Edith Eduardo Elena Elias Elif Elsa Emeka Emil Enzo Esther Fabian Farah Fatima Felipe Fiona Frida
    Gabriel Gemma Georg Gita Gloria Gustav Habib Hana Hanna Hans Hassan Helena Hiro Hugo Ibrahim Ida Idris Igor Imani Ines
    Ingrid Irina Isaac Ismail Ivan Jamal Javier Joana Johan Jonas Jorge Julia Kaito Karim Katya Keiko Kenji Klara Kofi Kwame
    Laila Lars Leila Leon Lena Liam Lidia Linnea Livia Lorenzo Lucia Luis Magda Malik Marcus Marek Maria Mariam Marta Mateo
    Matilda Mei Mikko Milan Mina Mira Mohamed Monika Nadia Naomi Nasser Natalia Nia Niklas Nikolai Nils Noor Norma Odile Olga
    Oliver Omar Oscar Otto Paolo Paula Pavel Pedro Petra Pia Priya Rafael Rahul Raisa Ravi Renata Rina Robin Rohan Rosa
    Ruben Ruth Sabine Salma Samir Sandra Sasha Selma Sergei Shira Silvia Simone Sofia Soren Stefan Sunita Svea Tamar Tariq Teodor
    Teresa Thea Tobias Tomas Ulrich Ursula Valeria Vera Viktor Vikram Wanda Wei Xavier Yael Yara Yasmin Yosef Yuki Yusuf Zahra
    Zara Zeynep Zofia""".split()
)
